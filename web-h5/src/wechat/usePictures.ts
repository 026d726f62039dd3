import { inWeChat, weChat, type Wx } from './wx'

/**
 * Photos chosen or taken: by WeChat's own chooser inside it. `choose` answers undefined where that cannot be had, so that the page
 * opens its file box, which every browser has.
 */
export function usePictures() {
  async function choose(count: number): Promise<File[] | undefined> {
    const wx = await weChat()
    if (!wx) return undefined
    const ids = await chosen(wx, Math.min(9, count))
    // One after the other: WeChat answers several at once with nothing.
    const files: File[] = []
    for (const id of ids) files.push(fileOf(await data(wx, id), files.length))
    return files
  }
  return { inside: inWeChat(), choose }
}

function chosen(wx: Wx, count: number): Promise<string[]> {
  return new Promise((resolve) => {
    wx.chooseImage({
      count,
      sizeType: ['compressed'],
      sourceType: ['album', 'camera'],
      success: ({ localIds }) => resolve(localIds),
      cancel: () => resolve([]),
      fail: () => resolve([]),
    })
  })
}

function data(wx: Wx, localId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.getLocalImgData({ localId, success: ({ localData }) => resolve(localData), fail: ({ errMsg }) => reject(new Error(errMsg)) })
  })
}

/** Base64, on some phones with a data URL's head and line breaks. */
export function fileOf(localData: string, nth: number): File {
  const bare = localData.replace(/^data:[^,]*,/, '').replace(/\s/g, '')
  const bytes = Uint8Array.from(atob(bare), (letter) => letter.charCodeAt(0))
  const png = bytes[0] === 0x89 && bytes[1] === 0x50
  return new File([bytes], `photo-${nth + 1}.${png ? 'png' : 'jpg'}`, { type: png ? 'image/png' : 'image/jpeg' })
}
