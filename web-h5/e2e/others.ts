import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Other systems on this machine, each speaking as the real one does: a carrier of SMS, WeChat's sign-in, a receiver of events. */
abstract class Loopback {
  private server: Server | undefined
  url = ''

  protected abstract hear(request: IncomingMessage, url: URL, body: string, response: ServerResponse): void

  async open(): Promise<this> {
    this.server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => this.hear(request, new URL(request.url ?? '/', 'http://localhost'), Buffer.concat(pieces).toString('utf8'), response))
    })
    await new Promise<void>((done) => this.server!.listen(0, '127.0.0.1', done))
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
    return this
  }

  close() {
    this.server?.closeAllConnections()
    this.server?.close()
  }
}

function json(response: ServerResponse, body: unknown) {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
}

export interface Sms {
  phone: string
  template: string
  fields: Record<string, string>
  id: string
  delivery: string
}

/** Alibaba Cloud's SendSms: takes everything, and gives each message a number. */
export class Carrier extends Loopback {
  readonly taken: Sms[] = []

  protected hear(_: IncomingMessage, { searchParams }: URL, __: string, response: ServerResponse) {
    const id = `biz-${this.taken.length + 1}^0`
    const said = (name: string) => searchParams.get(name) ?? ''
    this.taken.push({ phone: said('PhoneNumbers'), template: said('TemplateCode'), fields: JSON.parse(said('TemplateParam')) as Record<string, string>, id, delivery: said('OutId') })
    json(response, { Code: 'OK', Message: 'OK', BizId: id, RequestId: 'r' })
  }

  last(phone: string, template?: string): Sms | undefined {
    return this.taken.filter((one) => one.phone === phone && (!template || one.template === template)).at(-1)
  }
}

/** WeChat as far as a sign-in needs it: whoever comes agrees, a code is exchanged for an openid, and there are tokens. */
export class WeChat extends Loopback {
  protected hear(_: IncomingMessage, { pathname, searchParams }: URL, __: string, response: ServerResponse) {
    if (pathname === '/connect/oauth2/authorize')
      response.writeHead(302, { location: `${searchParams.get('redirect_uri')}?code=code-of-o-browser-1&state=${searchParams.get('state')}` }).end()
    else if (pathname === '/sns/oauth2/access_token') json(response, { access_token: 'user-token', expires_in: 7200, openid: searchParams.get('code')!.replace('code-of-', ''), scope: 'snsapi_base' })
    else if (pathname === '/cgi-bin/stable_token') json(response, { access_token: 'account-token', expires_in: 7200 })
    else json(response, { errcode: 48001, errmsg: 'api unauthorized' })
  }
}

export interface Heard {
  id: string
  event: { type: string; subject?: string; data: Record<string, unknown> }
  genuine: boolean
}

/** Another system's address for our events: checks signatures as Standard Webhooks says, and answers as it is told. */
export class Receiver extends Loopback {
  readonly heard: Heard[] = []
  secret = ''
  answer: (one: Heard) => number = () => 204

  protected hear({ headers }: IncomingMessage, _: URL, body: string, response: ServerResponse) {
    const id = String(headers['webhook-id'])
    const key = Buffer.from(this.secret.replace('whsec_', ''), 'base64')
    const right = createHmac('sha256', key).update(`${id}.${String(headers['webhook-timestamp'])}.${body}`).digest('base64')
    const one = { id, event: JSON.parse(body) as Heard['event'], genuine: String(headers['webhook-signature']).split(' ').includes(`v1,${right}`) }
    this.heard.push(one)
    response.writeHead(this.answer(one)).end()
  }
}
