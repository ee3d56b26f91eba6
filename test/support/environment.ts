import process from 'node:process';

type Variables = Readonly<Record<string, string | undefined>>;

/** Sets variables of this process, or removes those without a value; what it returns puts back what was there. */
export function setEnvironment(values: Variables): () => void {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  set(values);
  return () => set(before);
}

function set(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) {
      delete process.env[name];
    } else {
      process.env[name] = value;
    }
  }
}
