import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../components/Button.tsx';

/** The first few of a long list, and a button that shows all of them. */
export function FewOrAll<T>(props: {
  items: readonly T[];
  few: number;
  words: { readonly all: (count: number) => string; readonly fewer: string };
  children: (items: readonly T[]) => ComponentChildren;
}) {
  const { items, few, words } = props;
  const [all, setAll] = useState(false);
  return (
    <>
      {props.children(all ? items : items.slice(0, few))}
      {items.length > few && (
        <div class="actions">
          <Button
            small
            expanded={all}
            onClick={() => {
              setAll(!all);
            }}
          >
            {all ? words.fewer : words.all(items.length)}
          </Button>
        </div>
      )}
    </>
  );
}
