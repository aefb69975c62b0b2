// Leads what a Node program asks of Google to a local Workspace: `WORKSPACE=http://127.0.0.1:8787 node --import ./here.mjs`.
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const here = new URL(process.env.WORKSPACE ?? 'http://127.0.0.1:8787');
const google = /^(?:[\w.-]+\.)?googleapis\.com$|^(?:accounts|docs)\.google\.com$/;

function led(address) {
  const url = new URL(address);
  if (!google.test(url.hostname)) return url;
  url.protocol = here.protocol;
  url.host = here.host;
  return url;
}

const theirs = globalThis.fetch;
globalThis.fetch = (input, options) => {
  const request = input instanceof Request ? new Request(led(input.url), input) : led(input);
  return theirs(request, options);
};

const { request } = https;
https.request = (input, options, callback) => {
  if (typeof input === 'string' || input instanceof URL) {
    const url = led(input);
    const { agent, ...others } = typeof options === 'object' ? options : {};
    const answer = typeof options === 'function' ? options : callback;
    return url.protocol === 'http:' ? http.request(url, others, answer) : request(input, options, callback);
  }
  return request(input, options, callback);
};
syncBuiltinESMExports();
