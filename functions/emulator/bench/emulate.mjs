// Serves emulate's Google (npm) for the comparison and prints its address; its own command needs a newer Node.
import { createEmulator } from 'emulate';

// Each token is good for 5,000 calls an hour; the client takes them in turn.
const tokens = Object.fromEntries(
  Array.from({ length: 200 }, (_, n) => [`bench${n}`, { login: 'admin@example.com', scopes: ['*'] }]),
);
const people = ['admin', 'ben'].map((name) => ({ email: `${name}@example.com`, name }));
const google = await createEmulator({
  service: 'google',
  port: 0,
  seed: { tokens, google: { users: people } },
});
console.log(google.url);
