using System.Globalization;
using FlowApps.Web.Apps;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Requests.Receipts;

/// <summary>A request as a receipt on paper: its number, what was asked, what was decided and what came of it.</summary>
public static class ReceiptPdf
{
    /// <summary><paramref name="decisions"/>: whether those who decided are named; nobody outside reads that.</summary>
    public static IResult Of(RequestView request, Installation installation, TimeZoneInfo zone, bool decisions)
    {
        var pages = new PdfPages();
        pages.Text(installation.Company);
        pages.Heading(request.App.Name());
        pages.Pair("Number", request.Reference);
        pages.Pair("Sent", Moment(request.Execution.State.StartDate, zone) + (request.Execution.CreatedBy is { } by && decisions ? $", {request.Who(by)}" : ""));
        pages.Pair("Where it stands", request.Open is null ? RequestSentence.Of(request).Sentence : decisions ? RequestSentence.Of(request).Sentence : "We are looking at it.");
        if (request.Execution.State.EndDate is { } end) pages.Pair("Finished", Moment(end, zone));
        Section("Answers", request.Answers);
        if (decisions) Decided(pages, request, zone);
        Section("What came of it", request.Results);
        return Results.File(pages.ToBytes($"{installation.Company} · {request.App.Name()} · {request.Reference}"), "application/pdf", $"{request.Reference}.pdf");

        void Section(string title, IReadOnlyList<RequestAnswer> answers)
        {
            if (answers.Count == 0) return;
            pages.Heading(title, 13);
            foreach (var answer in answers) pages.Pair(answer.Line.Label, answer.Line.Text);
        }
    }

    private static void Decided(PdfPages pages, RequestView request, TimeZoneInfo zone)
    {
        var decided = request.Decided.ToList();
        if (decided.Count == 0) return;
        pages.Heading("Decisions", 13);
        foreach (var decision in decided.Select(wait => wait.Decision!))
            pages.Pair(DecisionWords.Of(decision), $"{request.Who(decision.By)}, {Moment(decision.At, zone)}{(decision.Comment is null ? "" : $"\n{decision.Comment}")}");
    }

    private static string Moment(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
