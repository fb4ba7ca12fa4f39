using System.Text;

namespace FlowApps.Web.Files;

/// <summary>Rows of separated values (RFC 4180): fields in quotes may hold separators, line ends and doubled quotes.</summary>
internal static class CsvRows
{
    public static List<List<string>> Read(string text, char separator, int most)
    {
        var (rows, row, field) = (new List<List<string>>(), new List<string>(), new StringBuilder());
        var (quoted, wasQuoted) = (false, false);
        for (var at = 0; at < text.Length && rows.Count < most; at++)
        {
            var c = text[at];
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (at + 1 < text.Length && text[at + 1] == '"') field.Append(text[at++]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0 && !wasQuoted) quoted = wasQuoted = true;
            else if (c == separator) EndField();
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && at + 1 < text.Length && text[at + 1] == '\n') at++;
                EndRow();
            }
            else field.Append(c);
        }
        if (rows.Count < most) EndRow();
        return rows;

        void EndField()
        {
            row.Add(field.ToString());
            field.Clear();
            wasQuoted = false;
        }

        void EndRow()
        {
            // A line with nothing at all is none.
            if (row.Count == 0 && field.Length == 0 && !wasQuoted) return;
            EndField();
            rows.Add(row);
            row = [];
        }
    }
}
