/** Things kept on this device by name, in IndexedDB: they outlive a closed page and a lost network. */
export class Shelf {
  constructor(
    private readonly name = 'linge',
    private readonly board = 'drafts',
  ) {}

  all<T>(): Promise<T[]> {
    return this.with('readonly', (store) => store.getAll())
  }
  read<T>(key: string): Promise<T | undefined> {
    return this.with('readonly', (store) => store.get(key))
  }
  /** IndexedDB refuses Vue's proxies: hand over plain things. */
  write(key: string, thing: unknown): Promise<void> {
    return this.with('readwrite', (store) => store.put(thing, key))
  }
  drop(key: string): Promise<void> {
    return this.with('readwrite', (store) => store.delete(key))
  }

  private async with<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const db = await this.open()
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = db.transaction(this.board, mode)
        const request = ask(transaction.objectStore(this.board))
        transaction.oncomplete = () => resolve(request.result as T)
        transaction.onerror = transaction.onabort = () => reject(transaction.error ?? request.error)
      })
    } finally {
      db.close()
    }
  }

  private open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(this.name, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(this.board)
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
      request.onblocked = () => reject(new Error('blocked'))
    })
  }
}

/** What a person said and applied for, taken off this device when they leave it. A complaint being written stays: it may be nobody's yet. */
export async function forgetAll(): Promise<void> {
  const shelf = new Shelf()
  await Promise.all(['chat', 'aid'].map((key) => shelf.drop(key))).catch(() => {})
}

const FIELD_OWNER = 'linge.field.owner'

/** The cases a grid worker took along belong to one person: whoever else is here now reads nothing of them. */
export function forgetFieldOfOthers(user: string | undefined) {
  try {
    const owner = localStorage.getItem(FIELD_OWNER)
    if (!owner || owner === user) return
    localStorage.removeItem(FIELD_OWNER)
    indexedDB.deleteDatabase('linge-field-copy')
  } catch {
    // Nothing was kept either.
  }
}
