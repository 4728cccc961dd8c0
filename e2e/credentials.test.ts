// MFA devices and service-specific credentials with boto3, whose codes are made in Python.
import { test } from 'node:test'
import { runBoto3Steps } from './service/boto3-steps.ts'

test('MFA devices and service-specific credentials with boto3', (t) => runBoto3Steps(t, 'credentials-boto3.py', 5))
