/**
 * Reads a property of a browser's object as it is. A task's template can replace any getter by its own, to put something
 * else into our hands or to be handed the object: what was taken here before the template ran stays the browser's.
 */
export function untouchedGetter<T extends object, K extends keyof T & string>(
  prototype: T,
  name: K,
): (target: T) => T[K] {
  const getter: unknown = Reflect.get(Object.getOwnPropertyDescriptor(prototype, name) ?? {}, 'get');
  if (typeof getter !== 'function') {
    throw new Error(`This browser keeps "${name}" somewhere else`);
  }
  return Function.prototype.call.bind(getter) as (target: T) => T[K];
}
