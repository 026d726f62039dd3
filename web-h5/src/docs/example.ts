import { fieldsOf, resolve, type Contract, type Operation, type Schema } from './contract'

/** A value of the right shape: what must be there, and nothing else. */
export function exampleOf(contract: Contract, schema: Schema): unknown {
  const found = resolve(contract, schema)
  if (found.enum) return found.enum[0]
  if (found.oneOf) return exampleOf(contract, found.oneOf.find((one) => one.type !== 'null') ?? {})
  const type = Array.isArray(found.type) ? found.type[0] : found.type
  if (type === 'array') return []
  if (type === 'integer' || type === 'number') return Math.max(found.minimum ?? 0, 0)
  if (type === 'boolean') return true
  if (type === 'object' || found.allOf) {
    const fields = fieldsOf(contract, found)
    const wanted = fields.some(({ required }) => required) ? fields.filter(({ required }) => required) : fields
    return Object.fromEntries(wanted.map(({ name, schema: one }) => [name, exampleOf(contract, one)]))
  }
  return found.format === 'date-time' ? '2026-01-01T08:00:00Z' : '…'
}

/** A command that asks the service this page came from. */
export function commandOf(contract: Contract, operation: Operation, origin: string): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_whole, name: string) => `$${name.toUpperCase()}`)
  const query = operation.parameters.filter((one) => one.in === 'query' && one.required).map((one) => `${one.name}=…`)
  const lines = [`curl "${origin}${path}${query.length ? `?${query.join('&')}` : ''}"`]
  if (operation.method !== 'GET') lines[0] = lines[0]!.replace('curl ', `curl -X ${operation.method} `)
  if (operation.signedIn) lines.push('-H "Authorization: Bearer $TOKEN"')
  for (const one of operation.parameters) if (one.in === 'header' && one.required) lines.push(`-H "${one.name}: …"`)
  if (operation.body) {
    lines.push(`-H "Content-Type: ${operation.body.type}"`)
    if (operation.body.type === 'application/json') lines.push(`-d '${JSON.stringify(exampleOf(contract, operation.body.schema))}'`)
    else lines.push('--data-binary @photo.jpg')
  }
  return lines.join(' \\\n  ')
}
