/** AWS's sentence for what is wrong with a value of Action or NotAction, if anything. Observed; no list of services is asked. */
export function actionFault(action: string): string | undefined {
  if (action === '*') return undefined
  const [vendor = '', ...names] = action.split(':')
  if (names.length === 0) return 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
  if (names.length > 1) return 'Actions/Condition can contain only one colon.'
  const isVendor = vendor === '*' || /^[0-9A-Za-z.-]+$/.test(vendor)
  return isVendor ? undefined : `Vendor ${vendor} is not valid`
}
