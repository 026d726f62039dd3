import type { Point } from '@/api/types'
import { uuid } from '@/app/uuid'
import { downscaled } from '@/report/downscale'
import type { KeptPhoto } from './entries'

/** A file as it is kept until it is sent: lighter where that helps, its time by this phone's clock. */
export async function keptPhoto(file: File, point: Point | undefined, now = new Date()): Promise<KeptPhoto> {
  const light = file.type.startsWith('image/') ? await downscaled(file) : file
  // A picture just taken was taken now; one from the album says when it was last written.
  const written = file.lastModified && file.lastModified < now.getTime() ? new Date(file.lastModified) : now
  return { id: uuid(), type: light.type || file.type, bytes: await light.arrayBuffer(), takenAt: written.toISOString(), ...(point && { point }) }
}
