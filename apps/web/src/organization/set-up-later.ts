const storageKey = 'jiapian.set-up.later';

/** Setting up was put off until the next sign-in on this browser tab. */
export const isSetUpPutOff = (): boolean => sessionStorage.getItem(storageKey) !== null;
export const putOffSetUp = (): void => sessionStorage.setItem(storageKey, '1');
