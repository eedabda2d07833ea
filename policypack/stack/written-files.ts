/** A file that a shell script writes, with what it writes into it. */
export interface WrittenFile {
  readonly path: string;
  readonly content: string;
}

/** The opening line of a heredoc, and its lines up to the word that ends it. */
const heredoc = /^([^\n]*)<<-?[ \t]*(['"\\]?)(\w+)['"]?([^\n]*)\n([^]*?)^[ \t]*\3[ \t]*$/gm;

/** `echo "..." > PATH`, `printf '...' | sudo tee -a PATH` */
const echo =
  /\b(?:echo|printf)\s+(?:-\w+\s+)*("(?:[^"\\]|\\[^])*"|'[^']*'|[^|>\n]*)\s*(?:>>?|\|\s*(?:sudo\s+)?tee\s+(?:-a\s+)?)\s*(\S+)/g;

const target = /(?:>>?|\btee\s+(?:-\w+\s+)*)\s*["']?([^\s"'|;&<>]+)/;

/** The files that a script writes by heredocs, `echo` and `printf`. */
export function writtenFiles(script: string): WrittenFile[] {
  const ofHeredocs = [...script.matchAll(heredoc)].flatMap(([, before = "", , , after = "", content = ""]) => {
    const [, path] = target.exec(`${before} ${after}`) ?? [];
    return path === undefined ? [] : [{ path, content }];
  });
  const ofEchoes = [...script.matchAll(echo)].map(([, text = "", path = ""]) => ({
    path: path.replace(/["']/g, ""),
    content: text.replace(/^["']|["']$/g, "").replaceAll("\\n", "\n"),
  }));
  return [...ofHeredocs, ...ofEchoes];
}
