/** Keeps what was made of an object of the model while every question asked on the way has the same answer. */

export type Ask<Answer> = (name: string) => Answer;

/**
 * Makes a function that does the work once for each object. Objects of the model stay the same from run to run of a
 * process unless what they are made of has changed.
 *
 * @param make - learns of other objects only by asking for their names
 * @param isSame - whether an answer is still the one that was given
 */
export function keep<Key extends object, Answer, Made>(
  make: (key: Key, ask: Ask<Answer>) => Made,
  isSame: (a: Answer, b: Answer) => boolean = Object.is,
): (key: Key, ask: Ask<Answer>) => Made {
  const kept = new WeakMap<Key, { readonly asked: ReadonlyMap<string, Answer>; readonly made: Made }>();
  return (key, ask) => {
    const known = kept.get(key);
    if (known !== undefined && [...known.asked].every(([name, answer]) => isSame(ask(name), answer))) return known.made;
    const asked = new Map<string, Answer>();
    const made = make(key, (name) => {
      const answer = ask(name);
      asked.set(name, answer);
      return answer;
    });
    kept.set(key, { asked, made });
    return made;
  };
}
