import { t } from '../strings/text.ts';

/** What each side brings, side by side: petrol is the reader's side, amber the other. */
export function Brings(props: {
  mine: readonly string[];
  theirs: readonly string[];
  /** Names, where the reader is neither of the two. */
  myName?: string | undefined;
  theirName?: string | undefined;
}) {
  const mine = props.myName === undefined ? t.partners.youBring : t.partners.bringsOf(props.myName);
  const theirs = props.theirName === undefined ? t.partners.theyBring : t.partners.bringsOf(props.theirName);
  return (
    <div class="brings">
      <Side title={mine} items={props.mine} whose="mine" />
      <Side title={theirs} items={props.theirs} whose="theirs" />
    </div>
  );
}

function Side(props: { title: string; items: readonly string[]; whose: 'mine' | 'theirs' }) {
  return (
    <div class={`brings-side brings-${props.whose}`}>
      <p class="brings-title">{props.title}</p>
      {props.items.length === 0 ? (
        <p class="undeclared">{t.partners.nothingYet}</p>
      ) : (
        <ul>
          {props.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
