import type { Viewer } from '../accounts/viewer.ts';
import { notAllowed, notFound } from '../http/errors.ts';
import { mayManageSme } from '../smes/policy.ts';
import type { SmeService } from '../smes/service.ts';

/** The SME itself, its cluster and staff may see its partners. @throws HttpProblem 403, 404 */
export async function checkReader(
  smes: Pick<SmeService, 'owner'>,
  viewer: Viewer,
  smeId: string,
): Promise<void> {
  const owner = await smes.owner(smeId);
  if (!owner) throw notFound('SME');
  if (!mayManageSme(viewer, owner)) {
    throw notAllowed('Only the SME itself, its cluster and staff may see its partners.');
  }
}
