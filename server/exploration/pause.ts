// Pauses of what is explored, while somebody types: they end by themselves, and are no time of what is explored.

export interface Pause {
  begin(): void;
  end(): void;
  /** The milliseconds of all pauses so far. */
  total(): number;
  dispose(): void;
}

/** The longest pause, in milliseconds, unless it is begun again. */
const longest = 1000;

/** @param set tells the threads */
export function createPause(set: (paused: boolean) => void): Pause {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since: number | undefined;
  let before = 0;
  const total = (): number => before + (since === undefined ? 0 : Date.now() - since);
  const end = (): void => {
    clearTimeout(timer);
    before = total();
    since = undefined;
    set(false);
  };
  return {
    total,
    end,
    begin() {
      since ??= Date.now();
      set(true);
      clearTimeout(timer);
      timer = setTimeout(end, longest);
    },
    dispose: () => clearTimeout(timer),
  };
}
