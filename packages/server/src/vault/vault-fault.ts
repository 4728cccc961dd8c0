/** A key or a sealed value cannot be used. The message is one line for the operator; it never holds a secret and is never sent to a caller. */
export class VaultFault extends Error {
  override readonly name = 'VaultFault'
}
