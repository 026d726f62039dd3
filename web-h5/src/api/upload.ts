import { client } from './client'
import { Offline, Problem } from './problem'
import type { Media } from './types'

/** Uploads one photo or film and tells how far it is, 0 to 1. XMLHttpRequest, as fetch cannot tell. */
export function upload(file: Blob, told: (part: number) => void, signal?: AbortSignal): Promise<Media> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/media')
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Accept', 'application/json')
    if (client.csrf) request.setRequestHeader('X-CSRF-Token', client.csrf)
    request.timeout = 300_000
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total)
    request.onerror = () => reject(new Offline('network'))
    request.ontimeout = () => reject(new Offline('timeout'))
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    request.onload = () => (request.status === 201 ? resolve(JSON.parse(request.responseText)) : reject(refusal(request)))
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
