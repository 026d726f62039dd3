import { client } from './client'
import { Offline, Problem } from './problem'
import type { Media, Statutes } from './types'

/** Uploads one photo or film and tells how far it is, 0 to 1. XMLHttpRequest, as fetch cannot tell. */
export function upload(file: Blob, told: (part: number) => void, signal?: AbortSignal): Promise<Media> {
  return put('POST', '/api/media', file, told, signal)
}

/** Uploads a file of statutes; what is answered says that it is kept and being read. */
export function uploadStatutes(file: Blob, told: (part: number) => void, signal?: AbortSignal): Promise<Statutes> {
  return put('PUT', '/api/legal/statutes', file, told, signal)
}

function put<T>(method: string, path: string, file: Blob, told: (part: number) => void, signal?: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(method, path)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Accept', 'application/json')
    if (client.csrf) request.setRequestHeader('X-CSRF-Token', client.csrf)
    request.timeout = 900_000
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total)
    request.onerror = () => reject(new Offline('network'))
    request.ontimeout = () => reject(new Offline('timeout'))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => (request.status < 300 ? resolve(JSON.parse(request.responseText)) : reject(refusal(request)))
    signal?.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

function refusal(request: XMLHttpRequest): Problem {
  if (request.status === 401) client.onSignedOut()
  const plain = { type: `urn:linge:problem:http-${request.status}`, title: '', status: request.status, detail: '' }
  try {
    return new Problem({ ...plain, ...JSON.parse(request.responseText) })
  } catch {
    return new Problem(plain)
  }
}
