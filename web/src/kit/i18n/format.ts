/** Numbers and times as people of a language write them. */

/** A number's text with a true minus sign. */
export function minus(number: string): string {
  return number.replace(/^-(?=[\d.])/, "−");
}

export function fileSize(bytes: number, language: string): string {
  const [unit, value] =
    bytes >= 1e9
      ? (["gigabyte", bytes / 1e9] as const)
      : bytes >= 1e6
        ? (["megabyte", bytes / 1e6] as const)
        : (["kilobyte", bytes / 1e3] as const);
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** When a step was done: the time of today, else with the day. Without a `now` the day is always told. */
export function clockTime(then: number, now: number | null, language: string): string {
  const today = now !== null && new Date(then).toDateString() === new Date(now).toDateString();
  return new Intl.DateTimeFormat(language, {
    hour: "numeric",
    minute: "2-digit",
    ...(today ? {} : { day: "numeric", month: "short" }),
  }).format(then);
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** "2 hours ago"; within the last minute "now". */
export function timeAgo(then: number, now: number, language: string): string {
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const seconds = (then - now) / 1000;
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
  return step ? words.format(Math.round(seconds / step[1]), step[0]) : words.format(0, "second");
}
