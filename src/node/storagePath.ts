/** Under the server's address: the storages elsewhere that labeling jobs use. */
export const storagePath = '/_local/storages';
