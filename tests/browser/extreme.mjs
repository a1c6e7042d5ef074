// The content of a site that goes to extremes where the others are ordinary:
// maps of three, five, thirteen and twenty themes, drawings too tall and too
// wide for a sheet of paper, words of 55 letters.
//
//   node extreme.mjs DIR                DIR receives `content`

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LONG = 'Hauptversammlungsbeschlussvorlagenbearbeitungsordnungen';
const PERSPECTIVES = { C: 'Stakeholders', P: 'Internal process', L: 'Learning and growth', F: 'Sustainability' };
/** T is the letter of objectives that serve every theme. */
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSUVWXYZ'];
/** By organisation: how many themes, and how many objectives of each in a perspective. */
const PLANS = { three: [3, 6], five: [5, 2], thirteen: [13, 1], twenty: [20, 1] };

const [to] = process.argv.slice(2);
const write = (path, text) => {
  const file = join(to, 'content', path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, typeof text === 'string' ? text : JSON.stringify(text, null, 1));
};

write('site.yaml', { title: 'Extremes', languages: ['en'] });
write('organizations.yaml', Object.keys(PLANS).map((id) => ({ id, name: `The Office of ${id}` })));
for (const [id, [themes, objectives]] of Object.entries(PLANS)) {
  write(`${id}/2025/scorecard.yaml`, {
    title: `Plan of the ${LONG}`,
    perspectives: Object.entries(PERSPECTIVES).map(([code, name]) => ({ code, name })),
    themes: LETTERS.slice(0, themes).map((letter) => ({
      code: letter,
      name: `Responsibilities ${letter}`,
      lead: [id],
      objectives: Object.keys(PERSPECTIVES).flatMap((perspective, row, rows) =>
        Array.from({ length: objectives }, (_, at) => objective(letter, perspective, rows[row - 1], at + 1)),
      ),
    })),
  });
}

/** An objective that drives the one above it. */
function objective(theme, perspective, above, number) {
  const code = `${theme}${perspective}${number}`;
  return {
    code,
    name: number === 1 && theme === 'A' ? LONG : 'Everybody can come in and stay for as long as they like',
    ...(above && { drives: [{ to: `${theme}${above}${number}` }] }),
    ...(code === 'AC1' && { kpis: [{ code: 'AC1.1', name: LONG, unit: '%', direction: 'higher', target: 90 }] }),
  };
}
