import type { FieldTakenCase, FieldToday, GridPage } from '@/api/types'
import { Shelf } from '@/app/shelf'
import type { Entry } from './entries'

// Two databases: what was written outlives its reader, what is read along does not.
const BOARD = 'things'

/** What was written in the field and is not sent yet. */
export class OutboxStore {
  private readonly box: Shelf
  constructor(name = 'linge-field') {
    this.box = new Shelf(name, BOARD)
  }
  async all(): Promise<Entry[]> {
    return (await this.box.all<Entry>()).sort((a, b) => a.order - b.order)
  }
  put(entry: Entry): Promise<void> {
    return this.box.write(entry.id, plain(entry))
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
  /** The cases are those of this day; a page left too early has the day alone. */
  whole?: true
  grid?: GridPage
}

/** As long as a sign-in of staff lasts: after that nobody here has shown who they are. */
export const COPY_LASTS = 12 * 3_600_000
export const COPY_NAME = 'linge-field-copy'
const OWNER = 'linge.field.owner'

export class CopyStore {
  private readonly box: Shelf
  constructor(
    name = COPY_NAME,
    private readonly now: () => number = Date.now,
  ) {
    this.box = new Shelf(name, BOARD)
  }
  /** None once it is too old: then it is gone from the device. */
  async read(): Promise<FieldCopy | undefined> {
    const copy = await this.box.read<FieldCopy>('copy')
    if (!copy || this.now() - Date.parse(copy.at) <= COPY_LASTS) return copy
    await this.wipe()
    return undefined
  }
  async write(copy: FieldCopy): Promise<void> {
    await this.box.write('copy', JSON.parse(JSON.stringify(copy)))
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
