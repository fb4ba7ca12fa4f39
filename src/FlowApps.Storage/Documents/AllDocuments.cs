using System.Runtime.CompilerServices;
using FlowApps.Domain.Values;

namespace FlowApps.Storage.Documents;

internal static class AllDocuments
{
    /// <summary>All pages of a query, by id.</summary>
    public static async IAsyncEnumerable<StoredDocument<T>> AllAsync<T>(this IDocumentStore documents, string kind, DocumentQuery query, [EnumeratorCancellation] CancellationToken cancellation) where T : class
    {
        for (var number = 1; ; number++)
        {
            var page = await documents.QueryAsync<T>(kind, query, new PageRequest(number, 1000), cancellation);
            foreach (var document in page.Results) yield return document;
            if (page.Results.Count < 1000) yield break;
        }
    }
}
