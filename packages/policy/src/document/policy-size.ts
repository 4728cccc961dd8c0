/**
 * Characters of a policy that count against its quota: "IAM does not count white space when calculating the size of a
 * policy" (IAM User Guide, "IAM and AWS STS quotas"). JSON's four white-space characters are left out wherever they stand.
 */
export function policySizeWithoutWhitespace(text: string): number {
  let size = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) size += 1
  }
  return size
}
