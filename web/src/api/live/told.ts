/** What the server was told of the recipe, so that it need only hear what changed. */

import { changes } from "@/api/live/changes";
import type { Recipe } from "@/api/types";

/** Where more than this changed, the recipe is sent whole. */
const MOST_CHANGES = 2000;

export class Told {
  private base: { id: number; recipe: Recipe } | null = null;
  /** Number of the last recipe that was sent whole. */
  private whole = 0;
  /** Sent after the base, and perhaps never read: newer ones come before them. */
  private readonly sent = new Map<number, Recipe>();

  /** Returns how a recipe is told under a new number: what changed since `base`, or all of it. */
  tell(id: number, recipe: Recipe): { base: number | null; text: string } {
    const list = this.base && changes(this.base.recipe, recipe);
    if (this.base && list && list.length <= MOST_CHANGES) {
      this.sent.set(id, recipe);
      return { base: this.base.id, text: JSON.stringify(list) };
    }
    this.base = { id, recipe };
    this.whole = id;
    this.sent.clear();
    return { base: null, text: JSON.stringify(recipe) };
  }

  /** A frame of this number came in: the server has its recipe. */
  heard(id: number): void {
    const recipe = this.sent.get(id);
    if (!recipe) return;
    this.base = { id, recipe };
    for (const each of this.sent.keys()) if (each <= id) this.sent.delete(each);
  }

  /** The server lost the base of this number. Says whether the recipe was not sent whole since. */
  lost(id: number): boolean {
    if (id < this.whole) return false;
    this.forget();
    return true;
  }

  /** A new socket: the other side knows nothing. */
  forget(): void {
    this.base = null;
    this.sent.clear();
  }
}
