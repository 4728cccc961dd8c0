/**
 * Whether a request can be for this action: a service and a name. What is none matches nearly no statement, and a pattern
 * matches as the text that it is, so that both would be denied and look as if policies had been asked.
 */
export function isActionName(text: string): boolean {
  return /^[^\s:*?]+:[^\s*?]+$/.test(text)
}
