-- A look for broken promises must not read every SKU.
create index stock_proof_broken on stock_proof (breach_at) where breaches > 0 and since is null;
