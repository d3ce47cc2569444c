/**
 * Pictures that the server has to draw come a few at a time. A browser opens six connections to a server; what a person
 * does now must find one of them free.
 */

const MOST = 3;
let taken = 0;
const waiting: (() => void)[] = [];

/** Waits for a place and takes it. Returns what gives it back; a second call of that does nothing. */
export async function turn(): Promise<() => void> {
  if (taken < MOST) taken += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  let mine = true;
  return () => {
    if (!mine) return;
    mine = false;
    const next = waiting.shift();
    if (next) next();
    else taken -= 1;
  };
}

/** Does some work when its turn has come. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = await turn();
  return work().finally(done);
}
