import type { Services } from '../../src/core/ports.js';

/** Services of which only these are used; the first use of another fails the test. */
export function servicesOver(used: Partial<Services>): Services {
  return new Proxy(used as Services, {
    get(target, name, receiver) {
      const service: unknown = Reflect.get(target, name, receiver);
      if (service === undefined) {
        throw new Error(`The test gave no "${String(name)}"`);
      }
      return service;
    },
  });
}
