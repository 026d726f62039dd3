import { createDecipheriv, createECDH, createHmac, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Pushed {
  headers: Record<string, string | string[] | undefined>
  told: { delivery: number; subject: string; title: string; text: string; kind: string }
  /** As the browser hands it to the page's service worker. */
  text: string
}

/** A push service of ours with one device: checks who sends (RFC 8292) and opens what is sealed for it (RFC 8291). */
export class PushService {
  readonly pushes: Pushed[] = []
  status = 201
  private readonly keys: ECDH = createECDH('prime256v1')
  private readonly auth = randomBytes(16)
  private server: Server | undefined

  static async start(): Promise<PushService> {
    const service = new PushService()
    service.keys.generateKeys()
    service.server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        checkSender(String(request.headers.authorization), service.origin)
        const text = service.opened(Buffer.concat(pieces))
        service.pushes.push({ headers: request.headers, told: JSON.parse(text) as Pushed['told'], text })
        response.writeHead(service.status).end()
      })
    })
    await new Promise<void>((resolve) => service.server!.listen(0, '127.0.0.1', resolve))
    return service
  }

  stop() {
    this.server?.close()
  }

  get origin() {
    return `http://127.0.0.1:${(this.server!.address() as AddressInfo).port}`
  }
  get subscription() {
    return { endpoint: `${this.origin}/push/1`, p256dh: this.keys.getPublicKey('base64url'), auth: this.auth.toString('base64url') }
  }

  private opened(body: Buffer): string {
    const salt = body.subarray(0, 16)
    const sender = body.subarray(21, 21 + body[20]!)
    const sealed = body.subarray(21 + body[20]!)
    const shared = createHmac('sha256', this.auth).update(this.keys.computeSecret(sender)).digest()
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.keys.getPublicKey(), sender, Buffer.from([1])])
    const secret = createHmac('sha256', shared).update(info).digest()
    const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16))
    const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12))
    const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
    const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
    return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8')
  }
}

function checkSender(header: string, origin: string) {
  const [, head, claims, signature, key] = /^vapid t=([^.]+)\.([^.]+)\.([^,]+), k=(\S+)$/.exec(header) ?? []
  const point = Buffer.from(key ?? '', 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  const by = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const }
  if (!verify('sha256', Buffer.from(`${head}.${claims}`), by, Buffer.from(signature ?? '', 'base64url'))) throw new Error('not signed by its key')
  const { aud } = JSON.parse(Buffer.from(claims ?? '', 'base64url').toString()) as { aud: string }
  if (aud !== origin) throw new Error(`signed for ${aud}`)
}
