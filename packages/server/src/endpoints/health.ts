/** GET /health: the one thing that anybody may ask (negative test M-04). It says nothing but that the server answers. */
import type { IncomingMessage, ServerResponse } from 'node:http'

export function health(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 3, 'Cache-Control': 'no-store' })
  response.end('ok\n')
}
