import type { Desk } from '@/api/types'
import { Shelf } from '@/app/shelf'
import type { Line, SaidMedia } from './talk'

/** What this device keeps of the conversation: to read without a network, and to send what was not sent. */
export interface KeptChat {
  /** Whose it is: a masked phone, or nobody's yet. Somebody else who signs in does not see it. */
  owner: string | null
  conversation: string | null
  lines: Line[]
  desk: Desk
  draft: string
  /** A choice that waits for the sign-in. */
  tap: string | null
}

const MOST = 100
type KeptMedia = Omit<SaidMedia, 'bytes'> & { bytes?: ArrayBuffer; type?: string }

/** Photos not sent yet are kept as buffers: some phones cannot keep a Blob. */
export class ChatShelf {
  private readonly shelf: Shelf

  constructor(name?: string) {
    this.shelf = new Shelf(name)
  }

  async read(): Promise<KeptChat | undefined> {
    const kept = await this.shelf.read<KeptChat>('chat')
    return kept && { ...kept, lines: kept.lines.map((line) => ({ ...line, media: (line.media as KeptMedia[]).map(thawed) })) }
  }

  async write(chat: KeptChat): Promise<void> {
    const lines = await Promise.all(
      chat.lines.slice(-MOST).map(async (line) => {
        const media = await Promise.all(line.media.map(frozen))
        return { ...(JSON.parse(JSON.stringify({ ...line, media: [], said: { ...line.said, media: undefined } })) as Line), media }
      }),
    )
    await this.shelf.write('chat', { ...chat, lines })
  }

  drop(): Promise<void> {
    return this.shelf.drop('chat')
  }
}

async function frozen({ bytes, ...one }: SaidMedia): Promise<KeptMedia> {
  return bytes && !one.id ? { ...one, bytes: await bytes.arrayBuffer(), type: bytes.type } : one
}

function thawed({ bytes, type, ...one }: KeptMedia): SaidMedia {
  return bytes ? { ...one, bytes: new Blob([bytes], { type: type ?? '' }) } : one
}
