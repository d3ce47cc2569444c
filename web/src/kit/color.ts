/** Colors as text and as hue, saturation and lightness. */

/** Hue 0 to 360, saturation and lightness 0 to 100. */
export type Hsl = { h: number; s: number; l: number };

/** The color of what was typed, as `#rrggbb`, or null: three or six digits, with or without `#`. */
export function hexOf(text: string): string | null {
  const digits = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6})\s*$/i.exec(text)?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  return digits.length === 6 ? `#${digits}` : `#${digits.replace(/./g, "$&$&")}`;
}

function channels(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export function toHsl(hex: string): Hsl {
  const [r, g, b] = channels(hex);
  const max = Math.max(r, g, b);
  const range = max - Math.min(r, g, b);
  const l = max - range / 2;
  const s = range === 0 ? 0 : range / (1 - Math.abs(2 * l - 1));
  return { h: hueOf([r, g, b], max, range), s: s * 100, l: l * 100 };
}

function hueOf([r, g, b]: [number, number, number], max: number, range: number): number {
  if (range === 0) return 0;
  const sixth = max === r ? (g - b) / range : max === g ? (b - r) / range + 2 : (r - g) / range + 4;
  return (sixth * 60 + 360) % 360;
}

export function toHex({ h, s, l }: Hsl): string {
  const reach = (s / 100) * Math.min(l / 100, 1 - l / 100);
  const channel = (start: number) => {
    const place = (start + h / 30) % 12;
    return l / 100 - reach * Math.max(-1, Math.min(place - 3, 9 - place, 1));
  };
  const digits = [0, 8, 4].map((start) =>
    Math.round(channel(start) * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${digits.join("")}`;
}
