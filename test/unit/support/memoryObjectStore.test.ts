import { MemoryObjectStore } from '../../support/memoryObjectStore.js';
import { describeObjectStore } from '../../support/objectStoreContract.js';

const store = new MemoryObjectStore();

describeObjectStore('memory', () => store);
