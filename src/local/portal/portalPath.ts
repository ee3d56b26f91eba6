/** No bucket can have a name with an underscore, so that this path is nobody's. */
export const portalPath = '/_local/portal';
