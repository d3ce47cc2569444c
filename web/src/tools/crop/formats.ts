/** Formats that a cut can be given. */

export type Format = {
  name: "free" | "original" | "story" | "passport" | "visa" | "a4" | null;
  /** As the recipe keeps it; written in the sizes that people know. */
  ratio: string;
  /** Height of the head in percent, where the format asks for one. */
  head?: number;
  /** Taken upright or lying, as the picture is. */
  either?: boolean;
};

const plain = (ratio: string): Format => ({ name: null, ratio });
const print = (ratio: string): Format => ({ name: null, ratio, either: true });

export const FORMATS: Record<"screen" | "id" | "print", readonly Format[]> = {
  screen: [
    { name: "free", ratio: "free" },
    { name: "original", ratio: "original" },
    ...["1:1", "4:5", "5:4", "2:3", "3:2", "3:4", "4:3", "16:9", "9:16"].map(plain),
    { name: "story", ratio: "1080:1920" },
  ],
  id: [
    { name: "passport", ratio: "35:45", head: 75 },
    { name: "visa", ratio: "2:2", head: 60 },
  ],
  print: [print("10:15"), print("13:18"), print("20:30"), { name: "a4", ratio: "210:297", either: true }],
};
