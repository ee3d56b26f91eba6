import type { KeptPlace, Place } from '../../src/core/portal/deskPlace.js';

const lastWorkerKey = 'portal.worker';

/** Where each worker was, and what is not sent yet: on this machine, so that a closed browser loses nothing. */
export function keptPlaceOf(email: string): KeptPlace {
  const key = `portal.place.${email}`;
  return {
    get: () => (JSON.parse(localStorage.getItem(key) ?? 'null') as Place | null) ?? undefined,
    set(place) {
      if (place) {
        localStorage.setItem(key, JSON.stringify(place));
      } else {
        localStorage.removeItem(key);
      }
    },
  };
}

/** Whose e-mail address is filled in when nobody is signed in. */
export const lastWorker = {
  get: (): string => localStorage.getItem(lastWorkerKey) ?? '',
  set: (email: string): void => localStorage.setItem(lastWorkerKey, email),
};
