import { Component, type ReactNode } from "react";

type BoundaryProps = {
  /** Another key is another try. */
  place: string;
  /** Shown in place of a page that broke, or whose parts the server did not send. */
  instead: ReactNode;
  children: ReactNode;
};

/** A page is never blank: what breaks is said. */
export class Boundary extends Component<BoundaryProps, { broken: string | null }> {
  override state: { broken: string | null } = { broken: null };

  static getDerivedStateFromError(): { broken: string | null } {
    return { broken: "" };
  }

  override componentDidCatch(): void {
    this.setState({ broken: this.props.place });
  }

  override componentDidUpdate(): void {
    const { broken } = this.state;
    if (broken && broken !== this.props.place) this.setState({ broken: null });
  }

  override render(): ReactNode {
    return this.state.broken === null ? this.props.children : this.props.instead;
  }
}
