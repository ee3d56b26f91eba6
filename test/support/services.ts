import type { Services } from '../../src/core/ports.js';

/** Services of which only these are used; the first use of another fails the test. */
export function servicesOver(used: Partial<Services>): Services {
  return new Proxy(used as Services, {
    get(target, name, receiver) {
      const service: unknown = Reflect.get(target, name, receiver);
      // Awaiting the services asks for `then`, which they do not have.
      if (service === undefined && name !== 'then') {
        throw new Error(`The test gave no "${String(name)}"`);
      }
      return service;
    },
  });
}
