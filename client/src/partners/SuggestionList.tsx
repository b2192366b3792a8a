import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { announce } from '../components/announce.tsx';
import { ButtonLink } from '../components/Button.tsx';
import { Empty, Failure, Loading, Notice } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { t } from '../strings/text.ts';
import { ChangeBar, changeSentence } from './ChangeBar.tsx';
import { DeclineDialog } from './DeclineDialog.tsx';
import { DeclinedNote } from './DeclinedNote.tsx';
import { changeBetween } from './list.ts';
import type { ListState } from './list.ts';
import { PartnerCard } from './PartnerCard.tsx';
import { anchorsOf, holdPlace, isReading } from './reader.ts';
import type { Anchor } from './reader.ts';
import { usePartnerList } from './usePartnerList.ts';
import type { AppliedChange } from './usePartnerList.ts';

interface Props {
  smeId: string;
  /** Name of the SME, where the reader is not that SME. */
  name: string | undefined;
  mayAnswer: boolean;
  /** What would help the list; not shown where there is nothing to help. */
  hint: ComponentChildren;
  /** Where the SME's profile is filled in. */
  profileHref: string;
  /** An answer was given or taken back. */
  onAnswered: () => void;
}

/** The suggestions, live: a new list waits while the reader is reading, and takes over without moving what they look at. */
export function SuggestionList(props: Props) {
  const element = useRef<HTMLOListElement>(null);
  const anchors = useRef<readonly Anchor[] | null>(null);
  const [asking, setAsking] = useState<SmeCard | null>(null);
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set());
  const [news, setNews] = useState<string | null>(null);
  const tell = (applied: AppliedChange): void => {
    const words = changeSentence(applied, { name: props.name, declined });
    setNews(words);
    announce(words);
  };
  const { list, error, reload, apply } = usePartnerList(props.smeId, {
    isBusy: () => isReading(element.current),
    onApplied: (applied) => {
      const { entered, left, moved } = applied.change;
      if (entered.length + left.length + moved.length > 0) tell(applied);
    },
  });
  useLayoutEffect(() => {
    if (element.current !== null && anchors.current !== null) holdPlace(element.current, anchors.current);
    anchors.current = null;
  }, [list?.shown]);

  const show = (waiting: ListState): void => {
    if (element.current !== null) anchors.current = anchorsOf(element.current);
    if (waiting.waiting !== null) {
      const change = changeBetween(waiting.shown, waiting.waiting);
      setNews(changeSentence({ change, causes: waiting.causes }, { name: props.name, declined }));
    }
    apply();
    element.current?.focus({ preventScroll: true });
  };
  const mark = (partnerId: string, isDeclined: boolean): void => {
    const next = new Set(declined);
    if (isDeclined) next.add(partnerId);
    else next.delete(partnerId);
    setDeclined(next);
    props.onAnswered();
  };

  return (
    <>
      {error !== null && <Failure error={error} retry={reload} />}
      {list === null && error === null && <Loading lines={4} />}
      {list !== null && (
        <>
          {!list.shown.inConsortium && props.hint}
          {(!list.shown.inConsortium || list.shown.partners.length > 0) && (
            <ListLine list={list} news={news} />
          )}
          {list.shown.advice !== null && list.shown.partners.length > 0 && (
            <Notice>
              <p>{list.shown.advice}</p>
            </Notice>
          )}
          {list.shown.partners.length === 0 ? (
            <NoSuggestions list={list} profileHref={props.profileHref} />
          ) : (
            <ol ref={element} class="partner-list" aria-label={t.partners.listLabel} tabIndex={-1}>
              {list.shown.partners.map((card) => (
                <li key={card.partner.id}>
                  {declined.has(card.partner.id) ? (
                    <DeclinedNote
                      smeId={props.smeId}
                      partner={card.partner}
                      onUndone={() => {
                        mark(card.partner.id, false);
                      }}
                    />
                  ) : (
                    <PartnerCard
                      card={card}
                      fresh={list.fresh.has(card.partner.id)}
                      context={{
                        smeId: props.smeId,
                        smeName: props.name,
                        onDecline: props.mayAnswer ? setAsking : null,
                      }}
                    />
                  )}
                </li>
              ))}
            </ol>
          )}
          <ChangeBar
            list={list}
            name={props.name}
            declined={declined}
            onShow={() => {
              show(list);
            }}
          />
        </>
      )}
      {asking !== null && (
        <DeclineDialog
          smeId={props.smeId}
          partner={asking}
          onClose={() => {
            setAsking(null);
          }}
          onDone={() => {
            setAsking(null);
            mark(asking.id, true);
          }}
        />
      )}
    </>
  );
}

/** How many there are, how old they are, and what changed last. */
function ListLine({ list, news }: { list: ListState; news: string | null }) {
  const { partners, computedAt, weightsVersion } = list.shown;
  return (
    <div class="list-line">
      <p class="fine number">
        {t.partners.count(partners.length)}
        {computedAt !== null && ` · ${t.partners.computed(formatSpan(computedAt))}`}
        {` · ${t.partners.weightsVersion(weightsVersion)}`}
      </p>
      {news !== null && <p class="list-news">{news}</p>}
    </div>
  );
}

function NoSuggestions({ list, profileHref }: { list: ListState; profileHref: string }) {
  const words = t.partners.empty;
  const { advice, computedAt, inConsortium } = list.shown;
  if (inConsortium) {
    return (
      <Empty icon="partners" title={words.inConsortium}>
        {advice !== null && <p>{advice}</p>}
        <ButtonLink href="/consortia" kind="primary">
          {t.consortia.open}
        </ButtonLink>
      </Empty>
    );
  }
  const working = computedAt === null && advice === null;
  return (
    <Empty icon="partners" title={words.title}>
      <p>{working ? words.working : (advice ?? words.body)}</p>
      {!working && (
        <ButtonLink href={profileHref} kind="primary">
          {words.action}
        </ButtonLink>
      )}
    </Empty>
  );
}
