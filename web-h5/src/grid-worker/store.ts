import type { FieldTakenCase, FieldToday, GridPage } from '@/api/types'
import type { Entry } from './entries'

/** What is kept in IndexedDB, one thing a key. Two databases: what was written outlives its reader, what is read along does not. */
class Box {
  constructor(private readonly name: string) {}

  all<T>(): Promise<T[]> {
    return this.with('readonly', (store) => store.getAll())
  }
  read<T>(key: string): Promise<T | undefined> {
    return this.with('readonly', (store) => store.get(key))
  }
  put(key: string, thing: unknown): Promise<void> {
    return this.with('readwrite', (store) => store.put(thing, key))
  }
  drop(key: string): Promise<void> {
    return this.with('readwrite', (store) => store.delete(key))
  }

  private async with<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const db = await this.open()
    try {
      return await new Promise<T>((resolve, reject) => {
        const transaction = db.transaction('things', mode)
        const request = ask(transaction.objectStore('things'))
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
      request.onupgradeneeded = () => request.result.createObjectStore('things')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
      request.onblocked = () => reject(new Error('blocked'))
    })
  }
}

/** What was written in the field and is not sent yet. */
export class OutboxStore {
  private readonly box: Box
  constructor(name = 'linge-field') {
    this.box = new Box(name)
  }
  async all(): Promise<Entry[]> {
    return (await this.box.all<Entry>()).sort((a, b) => a.order - b.order)
  }
  put(entry: Entry): Promise<void> {
    return this.box.put(entry.id, plain(entry))
  }
  drop(id: string): Promise<void> {
    return this.box.drop(id)
  }
}

/** The worker's day as it was last seen, to be read where there is no network. */
export interface FieldCopy {
  owner: string
  name: string
  at: string
  today: FieldToday
  cases: FieldTakenCase[]
  grid?: GridPage
}

/** As long as a sign-in of staff lasts: after that nobody here has shown who they are. */
export const COPY_LASTS = 12 * 3_600_000
export const COPY_NAME = 'linge-field-copy'
const OWNER = 'linge.field.owner'

export class CopyStore {
  private readonly box: Box
  constructor(
    name = COPY_NAME,
    private readonly now: () => number = Date.now,
  ) {
    this.box = new Box(name)
  }
  /** None once it is too old: then it is gone from the device. */
  async read(): Promise<FieldCopy | undefined> {
    const copy = await this.box.read<FieldCopy>('copy')
    if (!copy || this.now() - Date.parse(copy.at) <= COPY_LASTS) return copy
    await this.wipe()
    return undefined
  }
  async write(copy: FieldCopy): Promise<void> {
    await this.box.put('copy', JSON.parse(JSON.stringify(copy)))
    localStorage.setItem(OWNER, copy.owner)
  }
  async wipe(): Promise<void> {
    localStorage.removeItem(OWNER)
    await this.box.drop('copy')
  }
}

/** Buffers stay as they are; everything else loses Vue's proxies, which IndexedDB refuses. */
function plain(entry: Entry): Entry {
  const photos = entry.photos.map(({ bytes, ...photo }) => ({ ...(JSON.parse(JSON.stringify(photo)) as typeof photo), bytes }))
  return { ...(JSON.parse(JSON.stringify({ ...entry, photos: [] })) as Entry), photos }
}
