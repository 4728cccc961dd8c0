import type { BenchQuestion } from './workload.ts'

/** All condition keys of a question by their names in lower case, made anew, for engines that want them all at once. */
export function contextOf({ facts, keys }: BenchQuestion): Record<string, string> {
  return {
    'aws:username': facts.userName,
    'aws:userid': facts.userId,
    'aws:principalarn': facts.userArn,
    'aws:principalaccount': facts.accountId,
    'aws:sourceip': facts.sourceIp,
    'aws:requestedregion': facts.region,
    'aws:useragent': facts.userAgent,
    'aws:currenttime': facts.time,
    'aws:securetransport': String(facts.isSecureTransport),
    'aws:multifactorauthpresent': String(facts.hasMultiFactorAuth),
    ...keys,
  }
}
