/** Every stroke is drawn twice, dark under light, so that it shows on any skin. */
export function outlined(
  context: CanvasRenderingContext2D,
  width: number,
  light: string,
  path: () => void,
): void {
  context.lineWidth = width * 2.2;
  context.strokeStyle = "rgb(0 0 0 / 0.55)";
  path();
  context.stroke();
  context.lineWidth = width;
  context.strokeStyle = light;
  path();
  context.stroke();
}
