// Keys and certificates that are uploaded, with boto3. The steps are Python, in the file beside this one.
import { test } from 'node:test'
import { runBoto3Steps } from './service/boto3-steps.ts'

test('keys and certificates with boto3', (t) => runBoto3Steps(t, 'certificates-boto3.py', 4))
