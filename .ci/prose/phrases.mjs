// Looks for the phrases of phrases.txt in the prose of the files named on standard input: in comments of code, and in everything of other text.
// Prints each finding as file:line: text, and exits with 1 if there is one.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

const listedPhrases = readFileSync(new URL('phrases.txt', import.meta.url), 'utf8').split('\n');
const phrases = listedPhrases.filter(line => line !== '' && !line.startsWith('#')).map(line => {
  const [pattern, wording] = line.split(' -> ');
  return { pattern: new RegExp(pattern.replaceAll(' ', '\\s+'), 'gi'), wording };
});

const strings = String.raw`("{3,})[\s\S]*?\1|@\$?"(?:[^"]|"")*"|\$@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'`;
const slashes = new RegExp(strings + String.raw`|\/\/.*|\/\*[\s\S]*?\*\/`, 'g');
const hashes = /^\s*#.*/gm;
const codeInMarkdown = /^(`{3,})[\s\S]*?^\1|(`+)[^`][\s\S]*?\2/gm;

const commentsOf = { '.cs': slashes, '.template': slashes, '.js': slashes, '.mjs': slashes, '.css': slashes, '': hashes, '.sh': hashes, '.editorconfig': hashes };
const withoutProse = ['.json', '.png', '.ico', '.svg', '.sln'];

/** The text with everything that is not prose replaced by spaces, so that each phrase keeps its place. */
function proseOf(file, text) {
  const comments = commentsOf[extname(file)];
  if (comments === undefined)
    return extname(file) === '.md' ? text.replace(codeInMarkdown, code => code.replace(/[^\n]/g, '~')) : text;
  let prose = '';
  let end = 0;
  for (const { 0: match, index } of text.matchAll(comments)) {
    prose += text.slice(end, index).replace(/\S/g, '~');
    prose += /^\s*["'@$]/.test(match) ? match.replace(/\S/g, '~') : match;
    end = index + match.length;
  }
  prose += text.slice(end).replace(/\S/g, '~');
  return prose.replace(/^\s*(\/\/+|#+|\/?\*+)/gm, mark => mark.replace(/\S/g, ' '));
}

const findings = [];
for (const file of readFileSync(0, 'utf8').split('\n').filter(file => file !== '' && !withoutProse.includes(extname(file)))) {
  const text = readFileSync(file, 'utf8');
  const prose = proseOf(file, text);
  for (const { pattern, wording } of phrases) {
    for (const { 0: match, index } of prose.matchAll(pattern)) {
      const line = text.slice(0, index).split('\n').length;
      findings.push(`${file}:${line}: "${match.replace(/\s+/g, ' ')}": write ${wording}`);
    }
  }
}

for (const finding of findings)
  console.log(finding);
process.exitCode = findings.length === 0 ? 0 : 1;
