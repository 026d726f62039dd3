import { api } from '@/api/operations'

/** What of WeChat's script these pages use. All calls take callbacks. */
export interface Wx {
  config(options: { debug: boolean; appId: string; timestamp: number; nonceStr: string; signature: string; jsApiList: string[] }): void
  ready(told: () => void): void
  error(told: (why: unknown) => void): void
  getLocation(options: Told<{ latitude: number; longitude: number; accuracy: number }> & { type: 'wgs84' | 'gcj02' }): void
  openLocation(options: { latitude: number; longitude: number; name: string; address: string; scale: number }): void
  chooseImage(options: Told<{ localIds: string[] }> & { count: number; sizeType: string[]; sourceType: string[] }): void
  getLocalImgData(options: Told<{ localData: string }> & { localId: string }): void
  startRecord(options: Told<unknown>): void
  stopRecord(options: Told<{ localId: string }>): void
  onVoiceRecordEnd(options: { complete: (result: { localId: string }) => void }): void
  translateVoice(options: Told<{ translateResult?: string }> & { localId: string; isShowProgressTips: 0 | 1 }): void
}

export interface Told<R> {
  success?: (result: R) => void
  fail?: (why: { errMsg?: string }) => void
  cancel?: () => void
}

const SCRIPT = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'
const USED = ['getLocation', 'openLocation', 'chooseImage', 'getLocalImgData', 'startRecord', 'stopRecord', 'onVoiceRecordEnd', 'translateVoice']
const PATIENCE = 8_000
/** An iPhone's WeChat signs the address the page was entered by, however far it went since. */
const entered = window.location.href

/** Whether this page is open inside WeChat. */
export function inWeChat(): boolean {
  return /MicroMessenger/i.test(navigator.userAgent)
}

let asked: { address: string; wx: Promise<Wx | undefined> } | undefined

/** WeChat's abilities for this page; undefined outside WeChat, and wherever anything of it cannot be had: the web goes on without. */
export function weChat(): Promise<Wx | undefined> {
  if (!inWeChat()) return Promise.resolve(undefined)
  const address = (/iPhone|iPad|iPod/.test(navigator.userAgent) ? entered : window.location.href).split('#')[0]!
  if (asked?.address !== address) asked = { address, wx: configured(address).catch(() => undefined) }
  return asked.wx
}

/** For tests: the next question loads anew. */
export function forgetWeChat() {
  asked = undefined
}

async function configured(address: string): Promise<Wx | undefined> {
  const [wx, signed] = await Promise.all([loaded(), api.getWeChatJsSdk({ url: address })])
  return new Promise((resolve) => {
    const late = setTimeout(() => resolve(undefined), PATIENCE)
    const done = (found: Wx | undefined) => {
      clearTimeout(late)
      resolve(found)
    }
    wx.ready(() => done(wx))
    wx.error(() => done(undefined))
    wx.config({ debug: false, ...signed, jsApiList: USED })
  })
}

function loaded(): Promise<Wx> {
  const here = () => (window as { wx?: Wx }).wx
  const before = here()
  if (before) return Promise.resolve(before)
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    const late = setTimeout(() => reject(new Error('late')), PATIENCE)
    script.src = SCRIPT
    script.async = true
    script.onload = () => {
      clearTimeout(late)
      const found = here()
      if (found) resolve(found)
      else reject(new Error('empty'))
    }
    script.onerror = () => {
      clearTimeout(late)
      script.remove()
      reject(new Error('away'))
    }
    document.head.append(script)
  })
}
