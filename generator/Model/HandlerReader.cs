using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads the methods of a processor; what breaks a rule is noted and left out.</summary>
internal sealed class HandlerReader(INamedTypeSymbol processor, Violations violations)
{
    private readonly List<HandlerModel> _handlers = [];
    private readonly List<string> _unresolved = [];

    public MethodModel? Opened { get; private set; }

    public MethodModel? Unhandled { get; private set; }

    public MethodModel? Closed { get; private set; }

    public EquatableArray<HandlerModel> Handlers => _handlers.OrderBy(static handler => handler.Message.Id).ToEquatableArray();

    public EquatableArray<string> Unresolved => _unresolved.ToEquatableArray();

    public void Read(IMethodSymbol method)
    {
        bool isHandler = method.Has(Known.HandlesAttribute);
        bool isOpened = method.Has(Known.OpenedAttribute);
        bool isUnhandled = method.Has(Known.UnhandledAttribute);
        bool isClosed = method.Has(Known.ClosedAttribute);
        if ((isHandler || isOpened || isUnhandled || isClosed) && MentionsUnknownType(method))
        {
            _unresolved.Add(method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
            return;
        }

        if (isHandler)
        {
            ReadHandles(method);
        }

        if (isOpened)
        {
            Opened = ReadEvent(
                method,
                "[Opened]",
                "void, ValueTask, Task or an object {0}(Peer peer)",
                Opened,
                canReturnTask: true,
                canReturnState: true,
                static signature => signature.TakePeer());
        }

        if (isUnhandled)
        {
            Unhandled = ReadEvent(
                method,
                "[Unhandled]",
                "void {0}(Peer peer, [TState state,] in MessageHeader header, ReadOnlySpan<byte> body)",
                Unhandled,
                canReturnTask: false,
                canReturnState: false,
                static signature => signature.TakePeer() && (signature.TakeState() | true) && signature.TakeHeader() && signature.TakeBody());
        }

        if (isClosed)
        {
            Closed = ReadEvent(
                method,
                "[Closed]",
                "void, ValueTask or Task {0}(Peer peer, [TState state,] CloseReason reason)",
                Closed,
                canReturnTask: true,
                canReturnState: false,
                static signature => signature.TakePeer() && (signature.TakeState() | true) && (signature.TakeReason() | true));
        }
    }

    private MethodModel? ReadEvent(
        IMethodSymbol method,
        string attribute,
        string expected,
        MethodModel? first,
        bool canReturnTask,
        bool canReturnState,
        Func<HandlerSignature, bool> takeParameters)
    {
        var signature = new HandlerSignature(method.Parameters);
        if (ResultOf(method, canReturnTask, canReturnState) is not { } result
            || !IsCallable(method)
            || !takeParameters(signature)
            || !signature.IsAtEnd)
        {
            AddWrongSignature(method, expected);
            return first;
        }

        if (first is not null)
        {
            violations.Add(RuleIds.RepeatedEvent, method.SourceLocation(), method.Name, attribute);
            return first;
        }

        return CanBeUsed(method) ? Model(method, result, signature) : null;
    }

    private void ReadHandles(IMethodSymbol method)
    {
        const string Expected = "void, ValueTask or Task {0}(Peer peer, [TState state,] [in MessageHeader header,] TMessage message)";

        var signature = new HandlerSignature(method.Parameters);
        if (ResultOf(method, canBeTask: true, canBeState: false) is not { } result || !IsCallable(method) || !signature.TakePeer())
        {
            AddWrongSignature(method, Expected);
            return;
        }

        // The last parameter is the message, whatever its type; so a state or a header has another one behind it.
        if (signature.Last is null)
        {
            signature.TakeState();
        }

        if (signature.Last is null)
        {
            signature.TakeHeader();
        }

        if (signature.Last is not { } parameter || !signature.TakeMessage())
        {
            AddWrongSignature(method, Expected);
            return;
        }

        if (FindMessage(method, parameter.Type) is ({ } message, bool takesReader) && CanBeUsed(method) && IsNotHandledYet(method, message))
        {
            _handlers.Add(new HandlerModel(Model(method, result, signature), message, takesReader));
        }
    }

    private (MessageShape? Message, bool TakesReader) FindMessage(IMethodSymbol method, ITypeSymbol type)
    {
        bool takesReader = IsReader(type);
        if ((takesReader ? type.ContainingType : type) is INamedTypeSymbol named && MessageDeclaration.Of(named) is not null)
        {
            // Null where nothing is generated for the message: it breaks a rule of its own.
            MessageShape? message = MessageShapeBuilder.Build(named);
            bool isUsable = message is { Id: >= int.MinValue and <= int.MaxValue };
            if (!takesReader || message is null or { HasReader: true })
            {
                return (isUsable ? message : null, takesReader);
            }
        }

        violations.Add(RuleIds.NotAMessage, method.SourceLocation(), method.Name, type.ShortName());
        return default;
    }

    // Of another generator, or not there at all: which of the two, this generator cannot know.
    private static bool MentionsUnknownType(IMethodSymbol method)
        => method.Parameters
            .Select(static parameter => parameter.Type)
            .Append(method.ReturnType)
            .Any(static type => type.TypeKind == TypeKind.Error && !IsReader(type));

    // While the generator runs, a reader of this compilation does not exist: what stands for it knows its name and where it is looked for.
    private static bool IsReader(ITypeSymbol type)
        => type is INamedTypeSymbol { Name: Known.Reader, ContainingType: { } message }
            && MessageDeclaration.Of(message) is not null
            && (type.TypeKind == TypeKind.Error || type.IsGenerated());

    private bool IsNotHandledYet(IMethodSymbol method, MessageShape message)
    {
        if (_handlers.FirstOrDefault(other => other.Message.Id == message.Id) is not { } first)
        {
            return true;
        }

        violations.Add(RuleIds.HandledTwice, method.SourceLocation(), message.Name, first.Method.Name, method.Name, processor.ShortName());
        return false;
    }

    private bool CanBeUsed(IMethodSymbol method)
    {
        ISymbol? unusable = method.IsUnusable()
            ? method
            : method.Parameters.Select(static parameter => parameter.Type).FirstOrDefault(Symbols.IsUnusable);
        if (unusable is not null)
        {
            violations.Add(RuleIds.UnusableHandler, method.SourceLocation(), method.Name, unusable.Name);
        }

        if (method is { ReturnsVoid: true } && (method.PartialImplementationPart ?? method).IsAsync)
        {
            violations.Add(RuleIds.AsyncVoid, method.SourceLocation(), method.Name);
            return false;
        }

        return unusable is null;
    }

    private void AddWrongSignature(IMethodSymbol method, string expected)
        => violations.Add(RuleIds.HandlerSignature, method.SourceLocation(), method.Name, expected.Replace("{0}", method.Name));

    private static bool IsCallable(IMethodSymbol method) => method is { MethodKind: MethodKind.Ordinary, Arity: 0 };

    private static MethodResult? ResultOf(IMethodSymbol method, bool canBeTask, bool canBeState) => method switch
    {
        { ReturnsVoid: true } => MethodResult.None,
        { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => null,
        _ when canBeTask && method.ReturnType.Is("System.Threading.Tasks", "ValueTask") => MethodResult.ValueTask,
        _ when canBeTask && method.ReturnType.Is("System.Threading.Tasks", "Task") => MethodResult.Task,
        _ when canBeState && method.ReturnType.IsReferenceType && !method.ReturnType.Is("System.Threading.Tasks", "Task`1") => MethodResult.State,
        _ => null,
    };

    private static MethodModel Model(IMethodSymbol method, MethodResult result, HandlerSignature signature)
        => new(method.IsStatic ? method.ContainingType.FullName() : "this", Symbols.Escape(method.Name), result, signature.Arguments);
}
