using System.Net.WebSockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.VisualBasic.FileIO;

namespace QContinuum.Runtime.Tests.Documentation;

public sealed partial class The_guide_for_Go_users_names_what_exists
{
    /// <summary>Rows of the tables, each as its cells.</summary>
    private static readonly string[][] Rows =
    [
        .. File.ReadAllLines(Path.Combine(Tests(), "..", "..", "docs", "from-go.md"))
            .Where(static line => line.StartsWith('|') && !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(static line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)),
    ];

    /// <summary>Those of the library come first.</summary>
    private static readonly Type[] Types =
    [
        .. new[] { typeof(Peer), typeof(object), typeof(ClientWebSocket), typeof(WebSocket), typeof(JsonArray), typeof(MD5), typeof(PosixSignalRegistration), typeof(TextFieldParser) }
            .SelectMany(static type => type.Assembly.GetExportedTypes()),
    ];

    [Fact]
    public void Every_test()
    {
        string[] named = [.. Rows.SelectMany(static cells => Code().Matches(cells[^1])).Select(static match => match.Groups[1].Value).Where(static name => name.Contains('/')).Distinct()];

        Assert.True(named.Length > 40, $"{named.Length} tests are named");
        Assert.All(named, static name => Assert.True(File.Exists(Path.Combine(Tests(), name + ".cs")), name));
    }

    /// <summary>But for what is not here yet.</summary>
    [Fact]
    public void A_test_for_every_row()
    {
        string[][] items = [.. Rows.Where(static cells => cells[0] is not ("Go" or "defect") && cells[1] != "not yet")];

        Assert.True(items.Length > 80, $"there are {items.Length} rows");
        Assert.All(items, static cells => Assert.True(Code().IsMatch(cells[^1]), cells[0]));
    }

    /// <summary>In the second column: <c>Type</c>, or <c>Type.Member</c>, of the library or of .NET.</summary>
    [Fact]
    public void Every_member()
    {
        string[] named =
        [
            .. Rows.Where(static cells => cells.Length >= 3 && cells[0] != "Go")
                .SelectMany(static cells => Code().Matches(cells[1]))
                .Select(static match => match.Groups[1].Value)
                .Where(static name => name != "int")
                .Distinct(),
        ];

        Assert.True(named.Length > 40, $"{named.Length} members are named");
        Assert.All(named, static name => Assert.True(Exists(name), name));
    }

    /// <summary>Each of the defects has a test of its own, in the folder for them.</summary>
    [Fact]
    public void Every_defect_of_the_folder()
    {
        string[] listed = [.. Rows.Where(static cells => cells.Length == 2).SelectMany(static cells => Code().Matches(cells[1])).Select(static match => match.Groups[1].Value)];

        Assert.Empty(Directory.GetFiles(Path.Combine(Tests(), "Origin"), "*.cs").Select(static file => "Origin/" + Path.GetFileNameWithoutExtension(file)).Except(listed));
    }

    private static bool Exists(string name)
    {
        string[] parts = name.Split('.');
        Type? type = Types.FirstOrDefault(type => Plain(type.Name) == parts[0]);
        return type is not null && (parts.Length == 1 || type.GetMember(parts[1], BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Length > 0);
    }

    private static string Plain(string name) => name.Split('`')[0];

    private static string Tests([CallerFilePath] string file = "") => Path.GetDirectoryName(Path.GetDirectoryName(file)!)!;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
