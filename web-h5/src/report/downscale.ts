/** The longest side a photo is sent with: enough to read a meter or a number plate. */
export const LONGEST = 2560
const SMALL_ENOUGH = 1.5 * 1024 * 1024

export interface Plan {
  scale: boolean
  width: number
  height: number
}

/** Whether drawing a photo anew is worth it. Small light photos go as they are; GIFs would lose their motion. */
export function planOf(type: string, bytes: number, width: number, height: number): Plan {
  const longest = Math.max(width, height)
  const factor = Math.min(1, LONGEST / longest)
  const size = { width: Math.round(width * factor), height: Math.round(height * factor) }
  if (type === 'image/gif' || longest === 0) return { scale: false, width, height }
  return { scale: factor < 1 || bytes > SMALL_ENOUGH, ...size }
}

/** A lighter JPEG for slow networks, or the file itself when it cannot or need not be drawn anew. */
export async function downscaled(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const plan = planOf(file.type, file.size, picture.width, picture.height)
    if (!plan.scale) return file
    const canvas = document.createElement('canvas')
    canvas.width = plan.width
    canvas.height = plan.height
    canvas.getContext('2d')?.drawImage(picture, 0, 0, plan.width, plan.height)
    picture.close()
    const lighter = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
    return lighter && lighter.size < file.size ? lighter : file
  } catch {
    // A format this phone cannot draw (HEIC on some): the service decides.
    return file
  }
}
