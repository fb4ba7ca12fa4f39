/**
 * What this browser keeps beside the server until the server has it. In a database of the browser and not in a tab's memory, because it has to outlive
 * a crash of the browser. Where there is none (a private window) nothing is kept and nothing breaks.
 */
export type Shelf = "typed" | "files";

const shelves: Shelf[] = ["typed", "files"];
const kept = 14 * 24 * 3600 * 1000;

interface Thing<T> {
  at: number;
  value: T;
}

let opened: Promise<IDBDatabase> | undefined;

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function open(): Promise<IDBDatabase> {
  return (opened ??= (async () => {
    const request = indexedDB.open("flowapps", 1);
    request.onupgradeneeded = () => shelves.forEach((shelf) => request.result.createObjectStore(shelf));
    return done(request);
  })());
}

async function on<T>(shelf: Shelf, mode: IDBTransactionMode, act: (store: IDBObjectStore) => Promise<T>): Promise<T | undefined> {
  try {
    return await act((await open()).transaction(shelf, mode).objectStore(shelf));
  } catch {
    return undefined;
  }
}

/** Undefined when it is not there, or was put there two weeks ago. */
export async function take<T>(shelf: Shelf, key: string): Promise<T | undefined> {
  const found = await on(shelf, "readonly", (store) => done(store.get(key) as IDBRequest<Thing<T> | undefined>));
  return found && Date.now() - found.at < kept ? found.value : undefined;
}

export async function put(shelf: Shelf, key: string, value: unknown): Promise<void> {
  await on(shelf, "readwrite", (store) => done(store.put({ at: Date.now(), value }, key)));
}

export async function drop(shelf: Shelf, key: string): Promise<void> {
  await on(shelf, "readwrite", (store) => done(store.delete(key)));
}

/** Everything: whoever signs out leaves nothing behind for the next one at this screen. */
export async function clear(): Promise<void> {
  for (const shelf of shelves) await on(shelf, "readwrite", (store) => done(store.clear()));
}

/** Takes away what nobody came back for. */
export async function tidy(): Promise<void> {
  for (const shelf of shelves)
    await on(shelf, "readwrite", async (store) => {
      for (const key of await done(store.getAllKeys())) {
        const thing = await done(store.get(key) as IDBRequest<Thing<unknown>>);
        if (Date.now() - thing.at >= kept) await done(store.delete(key));
      }
    });
}
