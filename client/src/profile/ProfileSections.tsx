import type { SmeCard } from '../../../server/smes/schema.ts';
import { CompanySection } from './CompanySection.tsx';
import { ConfidentialSection } from './ConfidentialSection.tsx';
import { ConflictsSection } from './ConflictsSection.tsx';
import { DeclarationSection } from './DeclarationSection.tsx';
import type { SectionProps } from './edit.ts';
import { NeedsSection } from './NeedsSection.tsx';
import { SolutionsSection } from './SolutionsSection.tsx';

/** All sections of a profile's form, in the order in which they matter to suggestions. */
export function ProfileSections(
  props: SectionProps & {
    smeId: string | null;
    sizeClass: SmeCard['sizeClass'];
    declarationChanged: boolean;
  },
) {
  return (
    <>
      <CompanySection {...props} />
      <SolutionsSection {...props} />
      <NeedsSection {...props} />
      <DeclarationSection {...props} />
      <ConflictsSection {...props} />
      <ConfidentialSection {...props} />
    </>
  );
}
