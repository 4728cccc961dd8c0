/** What was configured cannot be used. The message is one line that names the culprit. */
export class ConfigurationFault extends Error {
  override readonly name = 'ConfigurationFault'
}
